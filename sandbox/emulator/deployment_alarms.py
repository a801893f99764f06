"""A rolling deployment that its service's alarms give up.

Modelled after "How CloudWatch alarms detect Amazon ECS deployment failures" of the ECS developer guide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.emulator.context import current

if TYPE_CHECKING:
    # Not at run time: the model of services asks this module.
    from sandbox.emulator.ecs_model import Service


def configured(given: dict[str, Any]) -> dict[str, Any]:
    """What a deployment configuration says of alarms, as the API tells it."""
    alarms = given.get("alarms")
    if not alarms:
        return {}
    return {
        "alarms": {
            "alarmNames": sorted(alarms.get("alarmNames") or []),
            "enable": bool(alarms.get("enable")),
            "rollback": bool(alarms.get("rollback")),
        }
    }


def ringing(service: Service) -> str | None:
    """The first of the service's alarms that is in ALARM."""
    alarms = service.configuration.get("alarms") or {}
    if not alarms.get("enable"):
        return None
    held = current().backend("cloudwatch").alarms
    return next((name for name in alarms["alarmNames"] if name in held and held[name].state_value == "ALARM"), None)


def give_up(engine: Any, service: Service) -> None:
    """Ends a roll-out whose alarms ring, and goes back to the last that was completed when it shall."""
    primary = service.primary
    if primary.rollout != "IN_PROGRESS" or primary.is_rollback or service.last_completed is None:
        return
    alarm = ringing(service)
    if alarm is None:
        return
    primary.rollout, primary.reason = "FAILED", "ECS deployment alarms: alarm detected."
    primary.updated_at = engine._context.clock.now()
    service.say(f"(deployment {primary.id}) deployment failed: alarm detected. ({alarm})")
    if service.configuration["alarms"]["rollback"]:
        definition, network = service.last_completed
        engine.new_deployment(service, definition, network, rollback=True)
        service.say(f"rolling back to deployment {service.primary.id}.")
