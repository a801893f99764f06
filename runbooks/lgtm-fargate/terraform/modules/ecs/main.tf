# The cluster, and the services with no tasks. Their revision and their count belong to `migrate`, which is why changes of
# the two are not looked at here: a plan after a deployment shows no drift.

# Made by `migrate` in phase 1, since a task whose log group is missing does not start, and adopted here.
resource "aws_cloudwatch_log_group" "component" {
  #checkov:skip=CKV_AWS_338:logs of the stack itself; how long they are kept is the operator's, by `log_retention_days`
  #checkov:skip=CKV_AWS_158:encrypted with the service's own key; a key of one's own would have to let the service in first
  for_each = var.components

  name              = "/ecs/lgtm/${each.key}"
  retention_in_days = var.log_retention_days

  lifecycle {
    # Logs are evidence, on a bad night most of all.
    prevent_destroy = true
  }
}

resource "aws_ecs_cluster" "this" {
  name = var.cluster

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = ["FARGATE"]
}

# A service cannot be made without a revision. No task ever runs this one: the services begin with a count of 0.
resource "aws_ecs_task_definition" "bootstrap" {
  for_each = var.components

  family                   = "lgtm-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  skip_destroy             = false

  container_definitions = jsonencode([
    {
      name                   = each.key
      image                  = "public.ecr.aws/docker/library/busybox:1.37.0-musl"
      essential              = true
      readonlyRootFilesystem = true
      portMappings           = [{ containerPort = each.value.port, protocol = "tcp" }]
    }
  ])

  tags = { purpose = "bootstrap" }
}

resource "aws_ecs_service" "component" {
  for_each = var.components

  name             = each.key
  cluster          = aws_ecs_cluster.this.id
  task_definition  = aws_ecs_task_definition.bootstrap[each.key].arn
  desired_count    = 0
  launch_type      = "FARGATE"
  platform_version = "LATEST"
  propagate_tags   = "SERVICE"

  deployment_minimum_healthy_percent = each.value.floor
  deployment_maximum_percent         = each.value.ceiling

  # A first start migrates the database, and the load balancer would have the task replaced in the middle of that.
  health_check_grace_period_seconds = contains(keys(var.target_group_arns), each.key) ? 300 : null

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [var.task_security_group_id]
    assign_public_ip = false
  }

  service_registries {
    registry_arn = var.discovery_arns[each.key]
  }

  dynamic "load_balancer" {
    for_each = contains(keys(var.target_group_arns), each.key) ? [var.target_group_arns[each.key]] : []

    content {
      target_group_arn = load_balancer.value
      container_name   = each.key
      container_port   = each.value.port
    }
  }

  lifecycle {
    ignore_changes = [task_definition, desired_count]
  }

  depends_on = [aws_ecs_cluster_capacity_providers.this]
}
