output "pipelines" {
  description = "Pipelines by application."
  value       = { for name, pipeline in aws_codepipeline.application : name => pipeline.name }
}
