resource "aws_lb" "this" {
  #checkov:skip=CKV_AWS_150:a rollback has to be able to delete what it made; switch it on once the service is settled
  #checkov:skip=CKV2_AWS_28:the security group lets in the networks of `client_cidrs` alone; a firewall is the operator's choice
  name               = var.load_balancer
  load_balancer_type = "application"
  internal           = false
  subnets            = var.load_balancer_subnet_ids
  security_groups    = [var.alb_security_group_id]

  drop_invalid_header_fields = true
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

resource "aws_lb_target_group" "this" {
  #checkov:skip=CKV_AWS_378:TLS ends at the load balancer; between it and the tasks is the VPC
  for_each = local.sides

  name                 = "mclass-${each.value}"
  vpc_id               = var.vpc_id
  target_type          = "ip"
  protocol             = "HTTP"
  port                 = var.port
  deregistration_delay = 30

  health_check {
    protocol            = "HTTP"
    path                = var.health_path
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
    type = "forward"

    forward {
      target_group {
        arn    = aws_lb_target_group.this["1"].arn
        weight = 100
      }
    }
  }

  lifecycle {
    # CodeDeploy leads it from one group to the other.
    ignore_changes = [default_action]
  }
}
