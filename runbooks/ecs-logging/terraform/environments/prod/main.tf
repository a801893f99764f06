data "aws_partition" "current" {}

locals {
  registry = "${var.account}.dkr.ecr.${var.region}.amazonaws.com"
}

module "naming" {
  source = "../../modules/naming"

  project      = var.project
  applications = keys(var.applications)
  monitoring   = ["loki", "grafana"]
}

module "network" {
  source = "../../modules/network"

  name               = module.naming.project
  region             = var.region
  cidr               = var.cidr
  zones              = var.zones
  nat_per_zone       = var.nat_per_zone
  bastion_type       = var.bastion_type
  client_cidrs       = var.client_cidrs
  https_port         = var.https_port
  application_ports  = { for name, application in var.applications : name => application.port }
  grafana_port       = var.grafana_port
  loki_port          = var.loki_port
  log_retention_days = var.log_retention_days
}

module "iam" {
  source = "../../modules/iam"

  name             = module.naming.prefix
  region           = var.region
  bucket           = var.bucket
  artifacts_bucket = var.artifacts_bucket
  parameters       = module.naming.parameters
}

module "database" {
  source = "../../modules/database"

  name              = module.naming.prefix
  secret_name       = "${module.naming.project}/grafana"
  subnet_ids        = module.network.database_subnet_ids
  security_group_id = module.network.group_ids["database"]
  engine_version    = var.database_version
  instance_class    = var.database_class
  multi_az          = var.database_multi_az
  password_version  = var.database_password_version
}

module "images" {
  source = "../../modules/images"

  repositories = module.naming.repositories
}

module "nodes" {
  source = "../../modules/nodes"

  name              = module.naming.prefix
  cluster           = module.naming.project
  nodes             = var.nodes
  subnet_ids        = module.network.application_subnet_ids
  security_group_id = module.network.group_ids["nodes"]
  instance_profile  = module.iam.instance_profile
  image_parameter   = var.node_image_parameter
  disk_gb           = var.node_disk_gb
  target_capacity   = var.target_capacity
}

module "balancer" {
  source = "../../modules/balancer"

  name               = module.naming.load_balancer
  prefix             = module.naming.prefix
  vpc_id             = module.network.vpc_id
  subnet_ids         = module.network.public_subnet_ids
  security_group_id  = module.network.group_ids["alb"]
  certificate_arn    = var.certificate_arn
  https_port         = var.https_port
  access_logs_bucket = var.access_logs_bucket
  hosts = merge(
    { for name, one in var.applications : name => {
      host = one.host, port = one.port, health_path = "/health", priority = one.priority
    } },
    { grafana = { host = var.grafana_host, port = var.grafana_port, health_path = "/api/health", priority = 1000 } },
  )
}

module "cluster" {
  source = "../../modules/cluster"

  name               = module.naming.project
  capacity_providers = module.nodes.capacity_providers
  subnet_ids         = module.network.application_subnet_ids
  group_ids          = module.network.group_ids
  target_group_arns  = module.balancer.target_group_arns
  log_groups         = module.naming.log_groups
  log_retention_days = var.log_retention_days
  services = merge(
    { for name, one in var.applications : name => {
      port = one.port, tier = "backend", floor = 100, ceiling = 200, offered = false
    } },
    {
      # One task with the whole ring: the old one ends before the new one begins.
      loki    = { port = var.loki_port, tier = "monitoring", floor = 0, ceiling = 100, offered = true }
      grafana = { port = var.grafana_port, tier = "monitoring", floor = 100, ceiling = 200, offered = false }
    },
  )
}

module "delivery" {
  source = "../../modules/delivery"

  name               = module.naming.prefix
  cluster            = module.cluster.name
  services           = module.cluster.services
  registry           = local.registry
  healthcheck_image  = var.healthcheck_image
  artifacts_bucket   = var.artifacts_bucket
  build_role_arn     = module.iam.build_role_arn
  pipeline_role_arn  = module.iam.pipeline_role_arn
  log_retention_days = var.log_retention_days
  applications = {
    for name, one in var.applications : name => { repository = module.naming.repositories[name], base = one.base }
  }
}

# The two buckets were there before, and stay when everything here is taken back: log lines are evidence. What they are
# like is said here.
resource "aws_s3_bucket_public_access_block" "kept" {
  for_each = toset([var.bucket, var.artifacts_bucket])

  bucket                  = each.value
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "tls_only" {
  for_each = toset([var.bucket, var.artifacts_bucket])

  bucket = each.value
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource = [
        "arn:${data.aws_partition.current.partition}:s3:::${each.value}",
        "arn:${data.aws_partition.current.partition}:s3:::${each.value}/*",
      ]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })

  depends_on = [aws_s3_bucket_public_access_block.kept]
}
