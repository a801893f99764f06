output "cluster" {
  description = "Id and name of the cluster."
  value       = { id = aws_ecs_cluster.this.id, name = aws_ecs_cluster.this.name }
}

output "namespace_id" {
  description = "Id of the Cloud Map namespace."
  value       = aws_service_discovery_private_dns_namespace.this.id
}

output "load_balancer" {
  description = "Suffix of the load balancer's ARN, and its two listeners."
  value = {
    arn_suffix = aws_lb.this.arn_suffix
    live       = aws_lb_listener.this["live"].arn
    test       = aws_lb_listener.this["test"].arn
  }
}

output "dns_name" {
  description = "DNS name of the load balancer."
  value       = aws_lb.this.dns_name
}

output "codedeploy" {
  description = "CodeDeploy's application and role."
  value       = { application = aws_codedeploy_app.this.name, role_arn = aws_iam_role.codedeploy.arn }
}
