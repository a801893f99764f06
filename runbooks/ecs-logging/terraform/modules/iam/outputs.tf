output "instance_profile" {
  description = "Instance profile of the nodes."
  value       = aws_iam_instance_profile.node.name
}

output "build_role_arn" {
  description = "Role of CodeBuild."
  value       = aws_iam_role.build.arn
}

output "pipeline_role_arn" {
  description = "Role of CodePipeline."
  value       = aws_iam_role.pipeline.arn
}
