locals {
  # The name of the file is unknown until the resource is made, so it is read then and not when planning.
  made = try(jsondecode(file(terraform_data.infrastructure.output.outputs)), null)
}

output "cluster" {
  description = "Name of the ECS cluster."
  value       = try(local.made.cluster, null)
}

output "namespace_id" {
  description = "Id of the Cloud Map namespace."
  value       = try(local.made.namespace_id, null)
}

output "load_balancer" {
  description = "Name, ARN, DNS name and zone of the load balancer."
  value       = try(local.made.load_balancer, null)
}

output "target_group_arns" {
  description = "Target groups by component."
  value       = try(local.made.target_group_arns, null)
}
