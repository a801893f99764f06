resource "aws_lb" "this" {
  #checkov:skip=CKV_AWS_150:a rollback has to be able to delete what it made; switch it on once the market is settled
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

# The same rules at two ports: clients at the first, the hook at the second, where green is reached before clients are.
resource "aws_lb_listener" "this" {
  for_each = { live = var.https_port, test = var.test_port }

  load_balancer_arn = aws_lb.this.arn
  protocol          = "HTTPS"
  port              = each.value
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "no such service"
      status_code  = "404"
    }
  }
}
