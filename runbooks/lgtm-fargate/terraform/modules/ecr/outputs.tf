output "repository_urls" {
  description = "Address of each component's images, without a tag."
  value       = { for name, repository in aws_ecr_repository.component : name => repository.repository_url }
}
