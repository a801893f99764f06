output "urls" {
  description = "Address of each image's repository."
  value       = { for name, repository in aws_ecr_repository.image : name => repository.repository_url }
}
