output "load_balancer" {
  description = "Name, DNS name and zone of the load balancer."
  value       = module.monitoring.load_balancer
}

output "cluster" {
  description = "ARN of the ECS cluster."
  value       = module.monitoring.cluster
}

output "file_systems" {
  description = "Ids of the disks."
  value       = module.monitoring.file_systems
}
