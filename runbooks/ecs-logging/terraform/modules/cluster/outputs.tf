output "name" {
  description = "Name of the cluster."
  value       = aws_ecs_cluster.this.name
}

output "services" {
  description = "Names of the services."
  value       = { for name, service in aws_ecs_service.this : name => service.name }
}
