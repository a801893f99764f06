output "cluster" {
  description = "Name of the ECS cluster."
  value       = module.ecs.cluster
}

output "namespace_id" {
  description = "Id of the Cloud Map namespace."
  value       = module.cloudmap.namespace_id
}

output "load_balancer" {
  description = "Name, DNS name and zone of the load balancer."
  value = {
    name     = module.alb.name
    dns_name = module.alb.dns_name
    zone_id  = module.alb.zone_id
  }
}

output "target_group_arns" {
  description = "Target groups by component."
  value       = module.alb.target_group_arns
}

output "repository_urls" {
  description = "Address of each component's images."
  value       = module.ecr.repository_urls
}

output "pipeline_role_arn" {
  description = "The secret `AWS_ROLE_ARN` of the workflows."
  value       = module.iam.pipeline_role_arn
}

output "log_groups" {
  description = "Log group of each component's tasks."
  value       = module.ecs.log_groups
}

output "reader_role_arn" {
  description = "The secret `AWS_PLAN_ROLE_ARN` of the workflow `terraform`."
  value       = module.iam.reader_role_arn
}
