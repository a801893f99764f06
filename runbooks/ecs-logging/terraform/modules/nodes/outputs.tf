output "capacity_providers" {
  description = "Capacity providers by name."
  value       = { for name, provider in aws_ecs_capacity_provider.this : name => provider.name }
}
