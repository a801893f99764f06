# What `migrate` made in phase 1, before there could be a pipeline, belongs to Terraform from here on.

import {
  for_each = local.names
  to       = module.ecr.aws_ecr_repository.component[each.key]
  id       = "lgtm/${each.key}"
}

import {
  for_each = local.names
  to       = module.ecs.aws_cloudwatch_log_group.component[each.key]
  id       = "/ecs/lgtm/${each.key}"
}

import {
  to = module.iam.aws_iam_role.execution
  id = "lgtm-task-execution"
}

import {
  to = module.iam.aws_iam_role_policy_attachment.execution
  id = "lgtm-task-execution/arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

import {
  to = module.iam.aws_iam_role_policy.secrets
  id = "lgtm-task-execution:secrets"
}

import {
  to = module.iam.aws_iam_role.task
  id = "lgtm-task"
}

import {
  to = module.iam.aws_iam_role_policy.storage
  id = "lgtm-task:storage"
}

import {
  to = module.iam.aws_iam_role_policy.metrics
  id = "lgtm-task:metrics"
}

import {
  to = module.iam.aws_iam_openid_connect_provider.github
  id = "arn:aws:iam::${var.account}:oidc-provider/token.actions.githubusercontent.com"
}
