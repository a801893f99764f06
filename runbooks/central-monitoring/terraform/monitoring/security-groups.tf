# Who may speak to whom. Prometheus and Alertmanager answer inside only; Grafana is behind the load balancer, and that is
# open to the office alone.

resource "aws_security_group" "alb" {
  name        = "monitoring-alb"
  description = "monitoring-alb"
  vpc_id      = var.vpc_id
}

resource "aws_security_group" "tasks" {
  name        = "monitoring-tasks"
  description = "monitoring-tasks"
  vpc_id      = var.vpc_id
}

resource "aws_security_group" "efs" {
  name        = "monitoring-efs"
  description = "monitoring-efs"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  for_each = toset(var.client_cidrs)

  security_group_id = aws_security_group.alb.id
  description       = "HTTPS from the office"
  ip_protocol       = "tcp"
  from_port         = var.https_port
  to_port           = var.https_port
  cidr_ipv4         = each.value
}

resource "aws_vpc_security_group_egress_rule" "to_grafana" {
  security_group_id            = aws_security_group.alb.id
  description                  = "To Grafana"
  ip_protocol                  = "tcp"
  from_port                    = local.services["grafana"].port
  to_port                      = local.services["grafana"].port
  referenced_security_group_id = aws_security_group.tasks.id
}

resource "aws_vpc_security_group_ingress_rule" "from_alb" {
  security_group_id            = aws_security_group.tasks.id
  description                  = "Grafana from the load balancer"
  ip_protocol                  = "tcp"
  from_port                    = local.services["grafana"].port
  to_port                      = local.services["grafana"].port
  referenced_security_group_id = aws_security_group.alb.id
}

# 9090 for Grafana, 9093 for Prometheus itself, 9106 for the scrapes of the exporter.
resource "aws_vpc_security_group_ingress_rule" "among_tasks" {
  for_each = toset(["9090", "9093", "9106"])

  security_group_id            = aws_security_group.tasks.id
  description                  = "Among the tasks"
  ip_protocol                  = "tcp"
  from_port                    = tonumber(each.value)
  to_port                      = tonumber(each.value)
  referenced_security_group_id = aws_security_group.tasks.id
}

resource "aws_vpc_security_group_ingress_rule" "operators" {
  for_each = {
    for pair in setproduct(["9090", "9093"], var.operator_cidrs) : "${pair[0]} from ${pair[1]}" => pair
  }

  security_group_id = aws_security_group.tasks.id
  description       = "The host that migrate runs on"
  ip_protocol       = "tcp"
  from_port         = tonumber(each.value[0])
  to_port           = tonumber(each.value[0])
  cidr_ipv4         = each.value[1]
}

resource "aws_vpc_security_group_egress_rule" "tasks" {
  security_group_id = aws_security_group.tasks.id
  description       = "To AWS, Slack, the exporters and the disks"
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "nfs" {
  security_group_id            = aws_security_group.efs.id
  description                  = "NFS from the tasks"
  ip_protocol                  = "tcp"
  from_port                    = 2049
  to_port                      = 2049
  referenced_security_group_id = aws_security_group.tasks.id
}

# The group is the services' own; this is the one rule in it that is ours.
resource "aws_vpc_security_group_ingress_rule" "exporters" {
  security_group_id            = var.application_security_group_id
  description                  = "Scrapes of the exporter beside each service"
  ip_protocol                  = "tcp"
  from_port                    = var.exporter_port
  to_port                      = var.exporter_port
  referenced_security_group_id = aws_security_group.tasks.id
}
