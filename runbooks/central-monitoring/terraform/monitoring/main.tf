# The cluster, the names inside the VPC, and what the runbook reads afterwards. ECR repositories, log groups and secrets are
# `migrate`'s: they are there before this is applied, and a rollback of this must not take images and logs along.

data "aws_partition" "current" {}

locals {
  partition = data.aws_partition.current.partition

  # Port of each service, and how far a roll-out may go, percent of its tasks. Prometheus and Grafana stop before they
  # start anew: each writes to its disk alone.
  services = {
    prometheus          = { port = 9090, floor = 0, ceiling = 100 }
    grafana             = { port = 3000, floor = 0, ceiling = 100 }
    cloudwatch-exporter = { port = 9106, floor = 100, ceiling = 200 }
  }

  # What the runbook cannot know beforehand.
  made = {
    prometheus-file-system    = aws_efs_file_system.disk["prometheus"].id
    prometheus-access-point   = aws_efs_access_point.point["prometheus"].id
    alertmanager-access-point = aws_efs_access_point.point["alertmanager"].id
    grafana-file-system       = aws_efs_file_system.disk["grafana"].id
    grafana-access-point      = aws_efs_access_point.point["grafana"].id
    task-security-group       = aws_security_group.tasks.id
    efs-security-group        = aws_security_group.efs.id
    extra-targets-service     = aws_service_discovery_service.extra_targets.id
  }
}

resource "aws_ecs_cluster" "this" {
  name = var.cluster

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = ["FARGATE"]
}

resource "aws_service_discovery_private_dns_namespace" "this" {
  name        = var.namespace
  description = "Names of the monitoring inside the VPC"
  vpc         = var.vpc_id
}

resource "aws_service_discovery_service" "service" {
  for_each = local.services

  name = each.key

  dns_config {
    namespace_id   = aws_service_discovery_private_dns_namespace.this.id
    routing_policy = "MULTIVALUE"

    dns_records {
      type = "A"
      ttl  = 10
    }
  }

  # ECS says which instances are healthy; without this block every instance counts.
  health_check_custom_config {
    failure_threshold = 1
  }
}

# Targets beside ECS's tasks: the alert drill, and whatever else has an exporter.
resource "aws_service_discovery_service" "extra_targets" {
  name          = "extra-targets"
  force_destroy = true

  dns_config {
    namespace_id   = aws_service_discovery_private_dns_namespace.this.id
    routing_policy = "MULTIVALUE"

    dns_records {
      type = "A"
      ttl  = 10
    }
  }

  health_check_custom_config {
    failure_threshold = 1
  }
}

resource "aws_ssm_parameter" "made" {
  #checkov:skip=CKV2_AWS_34:names of resources, nothing that must be kept secret
  for_each = local.made

  name  = "/monitoring/${each.key}"
  type  = "String"
  value = each.value
}
