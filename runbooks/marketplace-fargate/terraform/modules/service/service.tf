# A service cannot be made without a revision. This one answers /health, so that the first release has what to replace.
resource "aws_ecs_task_definition" "placeholder" {
  family                   = "${var.prefix}-${var.name}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  skip_destroy             = false

  container_definitions = jsonencode([
    {
      name         = var.name
      image        = var.placeholder_image
      essential    = true
      command      = ["sh", "-c", "mkdir /tmp/www && echo ok > /tmp/www/health && exec httpd -f -p ${var.service.port} -h /tmp/www"]
      portMappings = [{ containerPort = var.service.port, protocol = "tcp" }]
    }
  ])

  tags = { purpose = "bootstrap" }
}

resource "aws_ecs_service" "this" {
  name                              = var.name
  cluster                           = var.cluster.id
  task_definition                   = aws_ecs_task_definition.placeholder.arn
  desired_count                     = 0
  launch_type                       = "FARGATE"
  platform_version                  = "LATEST"
  propagate_tags                    = "SERVICE"
  enable_execute_command            = true
  enable_ecs_managed_tags           = true
  health_check_grace_period_seconds = 60

  deployment_minimum_healthy_percent = local.shifted ? null : var.minimum_healthy_percent
  deployment_maximum_percent         = local.shifted ? null : var.maximum_percent

  deployment_controller {
    type = local.shifted ? "CODE_DEPLOY" : "ECS"
  }

  dynamic "deployment_circuit_breaker" {
    for_each = local.shifted ? [] : [true]

    content {
      enable   = true
      rollback = true
    }
  }

  dynamic "alarms" {
    for_each = local.shifted ? [] : [true]

    content {
      alarm_names = [
        aws_cloudwatch_metric_alarm.errors.alarm_name,
        aws_cloudwatch_metric_alarm.latency.alarm_name,
      ]
      enable   = true
      rollback = true
    }
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [var.task_security_group_id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.this["1"].arn
    container_name   = var.name
    container_port   = var.service.port
  }

  service_registries {
    registry_arn = aws_service_discovery_service.this.arn
  }

  lifecycle {
    ignore_changes = [task_definition, desired_count, load_balancer]
  }

  depends_on = [aws_lb_listener_rule.this]
}
