# The cluster, its namespace, and the services with no tasks. Their revision and their count belong to `migrate`, to the
# pipelines and to scaling, which is why changes of the two are not looked at here.

resource "aws_service_discovery_http_namespace" "this" {
  name        = var.name
  description = "Names of Service Connect"
}

resource "aws_cloudwatch_log_group" "service" {
  #checkov:skip=CKV_AWS_338:how long they are kept is the operator's, by `log_retention_days`
  #checkov:skip=CKV_AWS_158:encrypted with the service's own key; a key of one's own would have to let the service in first
  for_each = var.log_groups

  name              = each.value
  retention_in_days = var.log_retention_days
}

resource "aws_ecs_cluster" "this" {
  name = var.name

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = values(var.capacity_providers)

  default_capacity_provider_strategy {
    capacity_provider = var.capacity_providers["backend"]
    weight            = 1
  }
}

# A service cannot be made without a revision. No task ever runs this one: the services begin with a count of 0.
resource "aws_ecs_task_definition" "bootstrap" {
  #checkov:skip=CKV_AWS_249:no task ever runs it, so it has no roles at all
  for_each = var.services

  family                   = "${var.name}-${each.key}"
  requires_compatibilities = ["EC2"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 256

  container_definitions = jsonencode([
    {
      name                   = each.key
      image                  = "public.ecr.aws/docker/library/busybox:1.37.0-musl"
      essential              = true
      readonlyRootFilesystem = true
      portMappings           = [{ name = "http", containerPort = each.value.port, protocol = "tcp", appProtocol = "http" }]
    }
  ])

  tags = { purpose = "bootstrap" }
}

resource "aws_ecs_service" "this" {
  for_each = var.services

  name            = each.key
  cluster         = aws_ecs_cluster.this.id
  task_definition = aws_ecs_task_definition.bootstrap[each.key].arn
  desired_count   = 0
  propagate_tags  = "SERVICE"

  deployment_minimum_healthy_percent = each.value.floor
  deployment_maximum_percent         = each.value.ceiling
  health_check_grace_period_seconds  = contains(keys(var.target_group_arns), each.key) ? 60 : null

  capacity_provider_strategy {
    capacity_provider = var.capacity_providers[each.value.tier]
    weight            = 1
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [var.group_ids[each.value.tier]]
    assign_public_ip = false
  }

  dynamic "load_balancer" {
    for_each = contains(keys(var.target_group_arns), each.key) ? [var.target_group_arns[each.key]] : []

    content {
      target_group_arn = load_balancer.value
      container_name   = each.key
      container_port   = each.value.port
    }
  }

  # Every service knows the names; those that are called offer one.
  service_connect_configuration {
    enabled   = true
    namespace = aws_service_discovery_http_namespace.this.arn

    dynamic "service" {
      for_each = each.value.offered ? [each.key] : []

      content {
        port_name      = "http"
        discovery_name = service.value

        client_alias {
          dns_name = service.value
          port     = each.value.port
        }
      }
    }
  }

  lifecycle {
    ignore_changes = [task_definition, desired_count]
  }

  depends_on = [aws_ecs_cluster_capacity_providers.this]
}
