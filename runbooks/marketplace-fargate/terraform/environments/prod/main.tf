locals {
  # The one table: the runbook's own. What is released there and what is made here cannot differ.
  table    = yamldecode(file("${path.module}/../../../runbook.yaml")).variables.services.default
  services = { for service in local.table : service.name => service }
  ports    = [for service in local.table : service.port]
}

module "platform" {
  source = "../../modules/platform"

  region                   = var.region
  prefix                   = var.prefix
  cluster                  = var.cluster
  namespace                = var.namespace
  application              = var.application
  vpc_id                   = var.vpc_id
  load_balancer            = var.load_balancer
  load_balancer_subnet_ids = var.load_balancer_subnet_ids
  alb_security_group_id    = var.alb_security_group_id
  task_security_group_id   = var.task_security_group_id
  certificate_arn          = var.certificate_arn
  host                     = var.host
  https_port               = var.https_port
  test_port                = var.test_port
  first_port               = min(local.ports...)
  last_port                = max(local.ports...)
  client_cidrs             = var.client_cidrs
  hook_cidrs               = var.hook_cidrs
  hook_bucket              = var.hook_bucket
  access_logs_bucket       = var.access_logs_bucket
}

module "service" {
  source   = "../../modules/service"
  for_each = local.services

  name    = each.key
  service = { for key in ["port", "cpu", "memory", "min", "max", "requests", "strategy"] : key => each.value[key] }

  region                  = var.region
  prefix                  = var.prefix
  cluster                 = module.platform.cluster
  namespace_id            = module.platform.namespace_id
  vpc_id                  = var.vpc_id
  subnet_ids              = var.subnet_ids
  task_security_group_id  = var.task_security_group_id
  load_balancer           = module.platform.load_balancer
  codedeploy              = module.platform.codedeploy
  alarm_topic_arn         = var.alarm_topic_arn
  placeholder_image       = var.placeholder_image
  task_statements         = lookup(var.task_statements, each.key, [])
  minimum_healthy_percent = var.minimum_healthy_percent
  maximum_percent         = var.maximum_percent
  log_retention_days      = var.log_retention_days
}
