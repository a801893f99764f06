output "load_balancer" {
  description = "DNS name of the load balancer."
  value       = module.balancer.dns_name
}

output "database_address" {
  description = "Host of Grafana's database."
  value       = module.database.address
}

output "repository_urls" {
  description = "Address of each image's repository."
  value       = module.images.urls
}

output "pipelines" {
  description = "Pipelines by application."
  value       = module.delivery.pipelines
}
