# The services with no tasks. Their revision and their count belong to `migrate`, which is why changes of the two are not
# looked at here: a plan after a deployment shows no drift.

# A service cannot be made without a revision. No task ever runs this one: the services begin with a count of 0.
resource "aws_ecs_task_definition" "bootstrap" {
  for_each = local.services

  family                   = "monitoring-${each.key}"
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

resource "aws_ecs_service" "service" {
  for_each = local.services

  name             = each.key
  cluster          = aws_ecs_cluster.this.id
  task_definition  = aws_ecs_task_definition.bootstrap[each.key].arn
  desired_count    = 0
  launch_type      = "FARGATE"
  platform_version = "LATEST"
  propagate_tags   = "SERVICE"

  deployment_minimum_healthy_percent = each.value.floor
  deployment_maximum_percent         = each.value.ceiling

  # A first start makes the database, and the load balancer would have the task replaced in the middle of that.
  health_check_grace_period_seconds = each.key == "grafana" ? 300 : null

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.private_subnet_ids
    security_groups  = [aws_security_group.tasks.id]
    assign_public_ip = false
  }

  service_registries {
    registry_arn = aws_service_discovery_service.service[each.key].arn
  }

  dynamic "load_balancer" {
    for_each = each.key == "grafana" ? [aws_lb_target_group.grafana.arn] : []

    content {
      target_group_arn = load_balancer.value
      container_name   = each.key
      container_port   = each.value.port
    }
  }

  lifecycle {
    ignore_changes = [task_definition, desired_count]
  }

  depends_on = [aws_ecs_cluster_capacity_providers.this, aws_lb_listener.https]
}
