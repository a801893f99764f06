module "monitoring" {
  source = "../../monitoring"

  account                       = var.account
  region                        = var.region
  vpc_id                        = var.vpc_id
  private_subnet_ids            = var.private_subnet_ids
  public_subnet_ids             = var.public_subnet_ids
  application_security_group_id = var.application_security_group_id
  exporter_port                 = var.exporter_port
  certificate_arn               = var.certificate_arn
  https_port                    = var.https_port
  client_cidrs                  = var.client_cidrs
  operator_cidrs                = var.operator_cidrs
  access_logs_bucket            = var.access_logs_bucket
  backup_vault                  = var.backup_vault
  backup_schedule               = var.backup_schedule
  backup_keep_days              = var.backup_keep_days
  cluster                       = var.cluster
  namespace                     = var.namespace
  load_balancer                 = var.load_balancer
}
