output "execution_role_arn" {
  description = "ARN of TaskExecutionRole."
  value       = aws_iam_role.execution.arn
}

output "task_role_arn" {
  description = "ARN of TaskRole."
  value       = aws_iam_role.task.arn
}

output "pipeline_role_arn" {
  description = "ARN of the pipeline's role: the secret `AWS_ROLE_ARN` of the workflows."
  value       = aws_iam_role.pipeline.arn
}
