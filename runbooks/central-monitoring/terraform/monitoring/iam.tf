# One role for starting tasks, one for each program, one for AWS Backup. None can do what it does not need.

data "aws_iam_policy_document" "tasks_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account]
    }
  }
}

resource "aws_iam_role" "execution" {
  name               = "monitoring-execution"
  description        = "Pulls images, writes logs and reads secrets for the tasks of the monitoring"
  assume_role_policy = data.aws_iam_policy_document.tasks_trust.json
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:${local.partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

data "aws_iam_policy_document" "secrets" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["arn:${local.partition}:secretsmanager:${var.region}:${var.account}:secret:monitoring/*"]
  }
}

resource "aws_iam_role_policy" "secrets" {
  name   = "secrets"
  role   = aws_iam_role.execution.name
  policy = data.aws_iam_policy_document.secrets.json
}

resource "aws_iam_role" "task" {
  for_each = toset(["prometheus", "grafana", "exporter", "restored"])

  name               = "monitoring-${each.key}"
  description        = "What ${each.key} of the monitoring may do"
  assume_role_policy = data.aws_iam_policy_document.tasks_trust.json
}

data "aws_iam_policy_document" "own_disk" {
  for_each = local.disks

  statement {
    actions   = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
    resources = [aws_efs_file_system.disk[each.key].arn]
  }
}

resource "aws_iam_role_policy" "own_disk" {
  for_each = local.disks

  name   = "disk"
  role   = aws_iam_role.task[each.key].name
  policy = data.aws_iam_policy_document.own_disk[each.key].json
}

# What is restored is a file system that is not there yet: by its tag it could be told only once it is.
data "aws_iam_policy_document" "restored_disk" {
  statement {
    actions   = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
    resources = ["arn:${local.partition}:elasticfilesystem:${var.region}:${var.account}:file-system/*"]
  }

  statement {
    effect    = "Deny"
    actions   = ["elasticfilesystem:*"]
    resources = [for disk in aws_efs_file_system.disk : disk.arn]
  }
}

resource "aws_iam_role_policy" "restored_disk" {
  name   = "disk"
  role   = aws_iam_role.task["restored"].name
  policy = data.aws_iam_policy_document.restored_disk.json
}

data "aws_iam_policy_document" "discovery" {
  #checkov:skip=CKV_AWS_356:tasks have no names beforehand, and ListTasks knows no resources
  statement {
    actions   = ["ecs:ListTasks", "ecs:DescribeTasks", "servicediscovery:ListInstances"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "discovery" {
  name   = "discovery"
  role   = aws_iam_role.task["prometheus"].name
  policy = data.aws_iam_policy_document.discovery.json
}

data "aws_iam_policy_document" "metrics" {
  #checkov:skip=CKV_AWS_356:these operations know no resources
  statement {
    actions = [
      "cloudwatch:ListMetrics",
      "cloudwatch:GetMetricStatistics",
      "cloudwatch:GetMetricData",
    ]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "metrics" {
  for_each = toset(["grafana", "exporter"])

  name   = "metrics"
  role   = aws_iam_role.task[each.key].name
  policy = data.aws_iam_policy_document.metrics.json
}

data "aws_iam_policy_document" "backup_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["backup.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account]
    }
  }
}

resource "aws_iam_role" "backup" {
  name               = "monitoring-backup"
  description        = "Backs the monitoring's disks up and restores them"
  assume_role_policy = data.aws_iam_policy_document.backup_trust.json
}

resource "aws_iam_role_policy_attachment" "backup" {
  for_each = toset(["Backup", "Restores"])

  role       = aws_iam_role.backup.name
  policy_arn = "arn:${local.partition}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyFor${each.key}"
}
