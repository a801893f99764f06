output "name" {
  description = "Name of the load balancer."
  value       = aws_lb.this.name
}

output "dns_name" {
  description = "Its DNS name."
  value       = aws_lb.this.dns_name
}

output "zone_id" {
  description = "Hosted zone of its DNS name, which an alias record needs."
  value       = aws_lb.this.zone_id
}

output "target_group_arns" {
  description = "Target groups by component."
  value       = { grafana = aws_lb_target_group.grafana.arn }

  # A service cannot be made with a target group that no listener uses.
  depends_on = [aws_lb_listener.https]
}
