# A service cannot be made without a revision. This one is healthy, so that the first version has what to replace.
resource "aws_ecs_task_definition" "placeholder" {
  family                   = var.family
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  skip_destroy             = false

  container_definitions = jsonencode([
    {
      name         = var.container
      image        = var.placeholder_image
      essential    = true
      command      = ["sh", "-c", "mkdir /tmp/www && echo ok > /tmp/www${var.health_path} && exec httpd -f -p ${var.port} -h /tmp/www"]
      portMappings = [{ containerPort = var.port, protocol = "tcp" }]
    }
  ])

  tags = { purpose = "bootstrap" }
}

resource "aws_ecs_service" "this" {
  name                              = var.service
  cluster                           = aws_ecs_cluster.this.id
  task_definition                   = aws_ecs_task_definition.placeholder.arn
  desired_count                     = 0
  launch_type                       = "FARGATE"
  platform_version                  = "LATEST"
  propagate_tags                    = "SERVICE"
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

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [var.task_security_group_id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.this["1"].arn
    container_name   = var.container
    container_port   = var.port
  }

  lifecycle {
    ignore_changes = [task_definition, desired_count, load_balancer]
  }

  depends_on = [aws_lb_listener.https, aws_ecs_cluster_capacity_providers.this]
}
