# Grafana's database. Its password is in the secret that `migrate` made in phase 1; it is read while Terraform runs, and
# written to no state.

ephemeral "aws_secretsmanager_secret_version" "grafana" {
  secret_id = var.secret_name
}

resource "aws_db_subnet_group" "this" {
  name        = "${var.name}-grafana"
  description = "Subnets without a way out"
  subnet_ids  = var.subnet_ids
}

resource "aws_db_parameter_group" "this" {
  name   = "${var.name}-grafana"
  family = "postgres${split(".", var.engine_version)[0]}"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  parameter {
    name  = "log_statement"
    value = "ddl"
  }

  parameter {
    name  = "log_min_duration_statement"
    value = "1000"
  }
}

resource "aws_db_instance" "grafana" {
  #checkov:skip=CKV_AWS_157:a standby in another zone doubles the price; `multi_az` is the operator's
  #checkov:skip=CKV_AWS_161:Grafana signs in with a password; it knows no tokens of IAM
  #checkov:skip=CKV_AWS_118:enhanced monitoring needs a role and an agent of its own for a database this small
  #checkov:skip=CKV_AWS_293:a rollback must be able to delete it; the final snapshot is kept
  #checkov:skip=CKV_AWS_354:performance insights are encrypted with the service's own key
  identifier                   = "${var.name}-grafana"
  engine                       = "postgres"
  engine_version               = var.engine_version
  instance_class               = var.instance_class
  allocated_storage            = 20
  max_allocated_storage        = 100
  storage_type                 = "gp3"
  storage_encrypted            = true
  db_name                      = "grafana"
  username                     = "grafana"
  password_wo                  = jsondecode(ephemeral.aws_secretsmanager_secret_version.grafana.secret_string)["database_password"]
  password_wo_version          = var.password_version
  db_subnet_group_name         = aws_db_subnet_group.this.name
  parameter_group_name         = aws_db_parameter_group.this.name
  vpc_security_group_ids       = [var.security_group_id]
  publicly_accessible          = false
  multi_az                     = var.multi_az
  backup_retention_period      = 7
  copy_tags_to_snapshot        = true
  auto_minor_version_upgrade   = true
  performance_insights_enabled = true
  enabled_cloudwatch_logs_exports = [
    "postgresql",
    "upgrade",
  ]
  skip_final_snapshot       = false
  final_snapshot_identifier = "${var.name}-grafana-${formatdate("YYYYMMDDhhmmss", timestamp())}"

  lifecycle {
    ignore_changes = [final_snapshot_identifier]
  }
}
