# One load balancer for all hosts: a rule for each leads to a target group of its own, and other hosts lead nowhere.

resource "aws_lb" "this" {
  #checkov:skip=CKV_AWS_150:switched on by the operator once the old side is gone; until then a rollback must be able to delete it
  #checkov:skip=CKV2_AWS_28:a firewall is the operator's choice
  name               = var.name
  load_balancer_type = "application"
  internal           = false
  subnets            = var.subnet_ids
  security_groups    = [var.security_group_id]

  drop_invalid_header_fields = true
  enable_deletion_protection = false

  dynamic "access_logs" {
    for_each = var.access_logs_bucket == null ? [] : [var.access_logs_bucket]

    content {
      bucket  = access_logs.value
      prefix  = "alb/${var.name}"
      enabled = true
    }
  }

  lifecycle {
    # `migrate` shortens how long connections are kept, right before the switch.
    ignore_changes = [client_keep_alive, enable_deletion_protection]
  }
}

resource "aws_lb_target_group" "host" {
  #checkov:skip=CKV_AWS_378:TLS ends at the load balancer; what follows stays within the security groups of the VPC
  for_each = var.hosts

  name                 = "${var.prefix}-${each.key}"
  vpc_id               = var.vpc_id
  target_type          = "ip"
  protocol             = "HTTP"
  port                 = each.value.port
  deregistration_delay = 30

  health_check {
    path                = each.value.health_path
    matcher             = "200"
    interval            = 15
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.this.arn
  protocol          = "HTTPS"
  port              = var.https_port
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  default_action {
    type = "fixed-response"

    fixed_response {
      status_code  = "404"
      content_type = "text/plain"
      message_body = "no such host"
    }
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.this.arn
  protocol          = "HTTP"
  port              = 80

  default_action {
    type = "redirect"

    redirect {
      protocol    = "HTTPS"
      port        = tostring(var.https_port)
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener_rule" "host" {
  for_each = var.hosts

  listener_arn = aws_lb_listener.https.arn
  priority     = each.value.priority

  condition {
    host_header {
      values = [each.value.host]
    }
  }

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.host[each.key].arn
  }
}
