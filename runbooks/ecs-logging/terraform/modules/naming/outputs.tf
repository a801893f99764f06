output "project" {
  description = "Of what there is one: cluster, namespace, network."
  value       = var.project
}

output "prefix" {
  description = "Before the part of a name: `PREFIX-PART`."
  value       = var.project
}

output "load_balancer" {
  description = "Name of the load balancer."
  value       = "${var.project}-alb"
}

output "log_groups" {
  description = "Log group of each service."
  value       = { for name in local.parts : name => "/ecs/${var.project}/${name}" }
}

output "repositories" {
  description = "Repository of each image, the side-car's too."
  value       = { for name in setunion(local.parts, ["fluent-bit"]) : name => "${var.project}/${name}" }
}

output "parameters" {
  description = "Path of the services' parameters."
  value       = "/${var.project}"
}
