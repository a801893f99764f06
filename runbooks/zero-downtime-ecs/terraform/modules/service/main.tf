# One service: its cluster and load balancer, its roles, its alarms, and the service itself with no tasks. Its revision and its
# count, and with blue-green the target group that is live, are deployments'; changes of them are not looked at here.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  shifted   = var.strategy == "blue-green"
  sides     = local.shifted ? toset(["1", "2"]) : toset(["1"])
}

# Made by `migrate` in phase 1 and adopted here.
resource "aws_ecr_repository" "this" {
  #checkov:skip=CKV_AWS_136:images hold no secrets and no data; how a repository is encrypted can never be changed
  name                 = var.container
  image_tag_mutability = "IMMUTABLE"
  force_delete         = false

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_lifecycle_policy" "this" {
  repository = aws_ecr_repository.this.name
  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Untagged images go after two weeks"
        selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 14 }
        action       = { type = "expire" }
      }
    ]
  })
}

resource "aws_cloudwatch_log_group" "this" {
  #checkov:skip=CKV_AWS_338:how long the service's own logs are kept is the operator's, by `log_retention_days`
  #checkov:skip=CKV_AWS_158:encrypted with the service's own key; a key of one's own would have to let the service in first
  name              = "/ecs/${var.family}"
  retention_in_days = var.log_retention_days

  lifecycle {
    # Logs are evidence, on a bad night most of all.
    prevent_destroy = true
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
