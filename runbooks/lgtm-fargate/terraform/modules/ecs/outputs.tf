output "cluster" {
  description = "Name of the cluster."
  value       = aws_ecs_cluster.this.name
}

output "log_groups" {
  description = "Log group of each component's tasks."
  value       = { for name, group in aws_cloudwatch_log_group.component : name => group.name }
}

output "cluster_arn" {
  description = "ARN of the cluster."
  value       = aws_ecs_cluster.this.arn
}
