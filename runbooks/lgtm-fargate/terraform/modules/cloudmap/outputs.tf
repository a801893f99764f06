output "namespace_id" {
  description = "Id of the namespace."
  value       = aws_service_discovery_private_dns_namespace.this.id
}

output "service_arns" {
  description = "ARN of each component's service."
  value       = { for name, service in aws_service_discovery_service.component : name => service.arn }
}
