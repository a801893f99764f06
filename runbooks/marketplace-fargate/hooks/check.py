"""A hook of CodeDeploy: asks the green side for its health at the test listener, before clients come and after.

It is called with the ids of the deployment and of the hook's execution, finds the service by the deployment's group,
and answers `Succeeded` or `Failed`. Environment: `HOST`, the name that clients use; `ADDRESS`, the load balancer's test
listener as `host:port`; `CA_FILE`, where the system's authorities are not the ones to trust.
"""

from __future__ import annotations

import http.client
import os
import socket
import ssl
import time
from typing import Any

import boto3

TRIES, PAUSE, PATIENCE = 10, 1.0, 5.0


def problem_at(address: str, path: str) -> str | None:
    """Why `path` is not answered with 200 there; nothing when it is."""
    host, _, port = address.rpartition(":")
    trusted = ssl.create_default_context(cafile=os.environ.get("CA_FILE") or None)
    connection = http.client.HTTPConnection(os.environ["HOST"], timeout=PATIENCE)
    try:
        # The connection goes to the load balancer, the name in it stays the one that clients use.
        plain = socket.create_connection((host, int(port)), PATIENCE)
        connection.sock = trusted.wrap_socket(plain, server_hostname=os.environ["HOST"])
        connection.request("GET", path)
        status = connection.getresponse().status
    except OSError as error:
        return str(error)
    finally:
        connection.close()
    return None if status == 200 else f"status {status}"


def handler(event: dict[str, Any], context: object) -> None:
    codedeploy = boto3.client("codedeploy")
    deployment = codedeploy.get_deployment(deploymentId=event["DeploymentId"])["deploymentInfo"]
    service = deployment["deploymentGroupName"]
    address, path = os.environ["ADDRESS"], f"/api/v1/{service}/health"
    problem: str | None = "never asked"
    for _ in range(TRIES):
        problem = problem_at(address, path)
        if problem is None:
            break
        time.sleep(PAUSE)
    print(f"{service}: {problem or 'healthy'} at {address}, {path}")
    codedeploy.put_lifecycle_event_hook_execution_status(
        deploymentId=event["DeploymentId"],
        lifecycleEventHookExecutionId=event["LifecycleEventHookExecutionId"],
        status="Failed" if problem else "Succeeded",
    )
