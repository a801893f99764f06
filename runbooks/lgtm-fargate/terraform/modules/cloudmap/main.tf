resource "aws_service_discovery_private_dns_namespace" "this" {
  name        = var.namespace
  description = "Names of the LGTM stack inside the VPC"
  vpc         = var.vpc_id
}

resource "aws_service_discovery_service" "component" {
  for_each = var.components

  name = each.value

  dns_config {
    namespace_id   = aws_service_discovery_private_dns_namespace.this.id
    routing_policy = "MULTIVALUE"

    dns_records {
      type = "A"
      ttl  = var.ttl
    }
  }

  # ECS says which instances are healthy; without this block every instance counts.
  health_check_custom_config {
    failure_threshold = 1
  }
}
