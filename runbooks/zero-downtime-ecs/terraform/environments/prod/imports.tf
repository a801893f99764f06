# What `migrate` made in phase 1 belongs to Terraform from here on.

import {
  to = module.service.aws_ecr_repository.this
  id = var.container
}

import {
  to = module.service.aws_cloudwatch_log_group.this
  id = "/ecs/${var.family}"
}
