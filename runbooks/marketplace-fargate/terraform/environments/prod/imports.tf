# What `migrate` made in phase 1 belongs to Terraform from here on.

import {
  for_each = local.services
  to       = module.service[each.key].aws_ecr_repository.this
  id       = "${var.prefix}/${each.key}"
}

import {
  for_each = local.services
  to       = module.service[each.key].aws_cloudwatch_log_group.this
  id       = "/ecs/${var.prefix}/${each.key}"
}
