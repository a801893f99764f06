# Two disks, an access point for each program, a mount target in each subnet, and a daily backup.

locals {
  disks = toset(["prometheus", "grafana"])

  # Each program sees its own folder alone, as its own user.
  points = {
    prometheus   = { disk = "prometheus", user = 65534 }
    alertmanager = { disk = "prometheus", user = 65534 }
    grafana      = { disk = "grafana", user = 472 }
  }

  mounts = { for pair in setproduct(local.disks, var.private_subnet_ids) : "${pair[0]} ${pair[1]}" => pair }
}

resource "aws_efs_file_system" "disk" {
  #checkov:skip=CKV_AWS_184:encrypted with the service's own key; a key of one's own would have to let AWS Backup in first
  #checkov:skip=CKV2_AWS_18:both are in the selection `disks` below; the check follows one element of a `for_each` alone
  for_each = local.disks

  creation_token  = "monitoring-${each.key}"
  encrypted       = true
  throughput_mode = "elastic"

  lifecycle_policy {
    transition_to_ia = "AFTER_30_DAYS"
  }

  tags = { Name = "monitoring-${each.key}" }
}

resource "aws_efs_access_point" "point" {
  for_each = local.points

  file_system_id = aws_efs_file_system.disk[each.value.disk].id

  posix_user {
    uid = each.value.user
    gid = each.value.user
  }

  root_directory {
    path = "/${each.key}"

    creation_info {
      owner_uid   = each.value.user
      owner_gid   = each.value.user
      permissions = "0750"
    }
  }

  tags = { Name = each.key }
}

resource "aws_efs_mount_target" "mount" {
  for_each = local.mounts

  file_system_id  = aws_efs_file_system.disk[each.value[0]].id
  subnet_id       = each.value[1]
  security_groups = [aws_security_group.efs.id]
}

# Nobody mounts without encryption in transit, and nobody without a role.
data "aws_iam_policy_document" "disk" {
  for_each = local.disks

  statement {
    sid       = "OnlyOurRoles"
    actions   = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
    resources = [aws_efs_file_system.disk[each.key].arn]

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.task[each.key].arn]
    }

    condition {
      test     = "Bool"
      variable = "elasticfilesystem:AccessedViaMountTarget"
      values   = ["true"]
    }
  }

  statement {
    sid       = "OnlyEncrypted"
    effect    = "Deny"
    actions   = ["*"]
    resources = [aws_efs_file_system.disk[each.key].arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_efs_file_system_policy" "disk" {
  for_each = local.disks

  file_system_id = aws_efs_file_system.disk[each.key].id
  policy         = data.aws_iam_policy_document.disk[each.key].json
}

# The vault outlives this system: one that holds backups cannot be deleted, and should not be.
data "aws_backup_vault" "this" {
  name = var.backup_vault
}

resource "aws_backup_plan" "daily" {
  name = "monitoring"

  rule {
    rule_name         = "daily"
    target_vault_name = data.aws_backup_vault.this.name
    schedule          = var.backup_schedule
    start_window      = 60
    completion_window = 240

    lifecycle {
      delete_after = var.backup_keep_days
    }
  }
}

resource "aws_backup_selection" "disks" {
  name         = "disks"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = [for disk in aws_efs_file_system.disk : disk.arn]
}
