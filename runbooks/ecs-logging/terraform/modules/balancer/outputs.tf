output "dns_name" {
  description = "DNS name of the load balancer."
  value       = aws_lb.this.dns_name
}

output "target_group_arns" {
  description = "Target groups by service."
  value       = { for name, group in aws_lb_target_group.host : name => group.arn }

  # A service cannot be made with a target group that no rule uses.
  depends_on = [aws_lb_listener_rule.host]
}
