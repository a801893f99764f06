# Where requests go. A service that CodeDeploy moves has two groups, of which one is live.
resource "aws_lb_target_group" "this" {
  #checkov:skip=CKV_AWS_378:TLS ends at the load balancer; between it and the tasks is the VPC
  for_each = local.sides

  name                 = "market-${var.name}-${each.value}"
  vpc_id               = var.vpc_id
  target_type          = "ip"
  protocol             = "HTTP"
  port                 = var.service.port
  deregistration_delay = 30

  health_check {
    protocol            = "HTTP"
    path                = "/health"
    matcher             = "200"
    interval            = 30
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }
}

resource "aws_lb_listener_rule" "this" {
  for_each = local.listeners

  listener_arn = each.value
  # Its port is unique in the table, which is all that a priority of rules that exclude each other has to be.
  priority = var.service.port

  action {
    type = "forward"

    forward {
      target_group {
        arn    = aws_lb_target_group.this["1"].arn
        weight = 100
      }
    }
  }

  condition {
    path_pattern {
      values = ["/api/v1/${var.name}/*"]
    }
  }

  lifecycle {
    # CodeDeploy leads the rule from one group to the other.
    ignore_changes = [action]
  }
}

resource "aws_service_discovery_service" "this" {
  name = var.name

  dns_config {
    namespace_id   = var.namespace_id
    routing_policy = "MULTIVALUE"

    dns_records {
      type = "A"
      ttl  = 60
    }
  }

  # ECS says which instances are healthy; without this block every instance counts.
  health_check_custom_config {
    failure_threshold = 1
  }
}
