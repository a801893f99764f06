"""What judges the files of a runbook: readers of Terraform, and the schema of the AWS provider."""
