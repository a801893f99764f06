# HTTPS alone: there is no listener on port 80 that could be asked by mistake. The record of Grafana's name is `migrate`'s.

resource "aws_lb" "this" {
  #checkov:skip=CKV_AWS_150:the runbook switches it on in week 4 and off on the way back, so that a rollback can delete what was made
  #checkov:skip=CKV2_AWS_28:the security group lets in the networks of `client_cidrs` alone; a firewall is the operator's choice
  #checkov:skip=CKV2_AWS_20:there is no listener for HTTP that could redirect
  name               = var.load_balancer
  load_balancer_type = "application"
  internal           = false
  subnets            = var.public_subnet_ids
  security_groups    = [aws_security_group.alb.id]

  drop_invalid_header_fields = true
  # Off while a rollback may have to delete the load balancer; from week 4 on it is `migrate`'s (see below).
  enable_deletion_protection = false

  dynamic "access_logs" {
    for_each = var.access_logs_bucket == null ? [] : [var.access_logs_bucket]

    content {
      bucket  = access_logs.value
      prefix  = "alb/${var.load_balancer}"
      enabled = true
    }
  }

  lifecycle {
    ignore_changes = [enable_deletion_protection]
  }
}

resource "aws_lb_target_group" "grafana" {
  name                 = "monitoring-grafana"
  vpc_id               = var.vpc_id
  target_type          = "ip"
  protocol             = "HTTP"
  port                 = local.services["grafana"].port
  deregistration_delay = 30

  health_check {
    path                = "/api/health"
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
    type             = "forward"
    target_group_arn = aws_lb_target_group.grafana.arn
  }
}
