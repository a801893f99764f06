locals {
  names = toset(keys(var.components))
}

module "ecr" {
  source = "../../modules/ecr"

  components = local.names
}

module "iam" {
  source = "../../modules/iam"

  region            = var.region
  bucket            = var.bucket
  state_bucket      = var.state_bucket
  cluster           = var.cluster
  github_repository = var.github_repository
  deploy_branches   = var.deploy_branches
}

module "security_groups" {
  source = "../../modules/security-groups"

  task_security_group_id = var.task_security_group_id
  alb_security_group_id  = var.alb_security_group_id
  ports                  = { for name, component in var.components : name => component.port }
  https_port             = var.https_port
  client_cidrs           = var.client_cidrs
  agent_cidrs            = var.agent_cidrs
  operator_cidrs         = var.operator_cidrs
}

module "cloudmap" {
  source = "../../modules/cloudmap"

  namespace  = var.namespace
  vpc_id     = var.vpc_id
  components = local.names
  ttl        = 10
}

module "alb" {
  source = "../../modules/alb"

  name               = var.load_balancer
  internal           = var.load_balancer_internal
  vpc_id             = var.vpc_id
  subnet_ids         = var.load_balancer_subnet_ids
  security_group_id  = var.alb_security_group_id
  certificate_arn    = var.certificate_arn
  https_port         = var.https_port
  grafana_port       = var.components["grafana"].port
  access_logs_bucket = var.access_logs_bucket
}

module "ecs" {
  source = "../../modules/ecs"

  cluster                = var.cluster
  components             = var.components
  subnet_ids             = var.subnet_ids
  task_security_group_id = var.task_security_group_id
  discovery_arns         = module.cloudmap.service_arns
  target_group_arns      = module.alb.target_group_arns
  log_retention_days     = var.log_retention_days
}
