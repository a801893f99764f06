"""What load balancers tell CloudWatch: requests and errors, once a minute.

Modelled after "CloudWatch metrics for your Application Load Balancer".
"""

from __future__ import annotations

from moto.core.utils import utcnow

from sandbox.emulator.context import Context
from sandbox.emulator.load_balancer import Balancer

PERIOD_SECONDS = 60.0
NAMESPACE = "AWS/ApplicationELB"


class BalancerMetrics:
    """Publishes what was counted since the last time."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._seen: dict[str, tuple[int, int, int]] = {}
        self._seen_groups: dict[tuple[str, str], int] = {}

    def begin(self) -> None:
        self._context.timekeeper.every(PERIOD_SECONDS, 0.5, self._publish)

    def _publish(self) -> None:
        for balancer in self._context.load_balancers.all:
            now = (balancer.requests, balancer.own_errors, balancer.target_errors)
            before = self._seen.get(balancer.arn, (0, 0, 0))
            self._seen[balancer.arn] = now
            requests, own, target = (new - old for new, old in zip(now, before, strict=True))
            values = [
                ("RequestCount", requests),
                ("HTTPCode_ELB_5XX_Count", own),
                ("HTTPCode_Target_5XX_Count", target),
            ]
            # As AWS does it: a count of nothing is not reported.
            given = [(name, value) for name, value in values if value]
            if given:
                self._put(balancer, given)
            for group, count in list(balancer.by_group.items()):
                new = count - self._seen_groups.get((balancer.arn, group), 0)
                self._seen_groups[(balancer.arn, group)] = count
                if new:
                    self._put(balancer, [("RequestCount", new)], group)

    def _put(self, balancer: Balancer, values: list[tuple[str, int]], group: str | None = None) -> None:
        """One datapoint each; of a target group beside those of all, a metric of its own as its dimensions are others."""
        dimensions = [{"Name": "LoadBalancer", "Value": balancer.arn.split(":loadbalancer/")[-1]}]
        if group is not None:
            dimensions.append({"Name": "TargetGroup", "Value": group.rsplit(":", 1)[-1]})
        self._context.backend("cloudwatch").put_metric_data(
            NAMESPACE,
            [
                {
                    "MetricName": name,
                    "Value": float(value),
                    "Unit": "Count",
                    "Timestamp": utcnow(),
                    "Dimensions": dimensions,
                }
                for name, value in values
            ],
        )
