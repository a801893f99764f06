output "execution_role_arn" {
  description = "ARN of TaskExecutionRole."
  value       = aws_iam_role.execution.arn
}

output "task_role_arn" {
  description = "ARN of TaskRole."
  value       = aws_iam_role.task.arn
}

output "reader_role_arn" {
  description = "ARN of the role that plans and changes nothing: the secret `AWS_PLAN_ROLE_ARN` of the workflow `terraform`."
  value       = aws_iam_role.reader.arn
}

output "pipeline_role_arn" {
  description = "ARN of the pipeline's role: the secret `AWS_ROLE_ARN` of the workflows."
  value       = aws_iam_role.pipeline.arn
}
