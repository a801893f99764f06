# Security groups: the groups belong to the network, the rules to this system.
resource "aws_vpc_security_group_ingress_rule" "https" {
  for_each = toset(var.client_cidrs)

  security_group_id = var.alb_security_group_id
  description       = "HTTPS from clients"
  ip_protocol       = "tcp"
  from_port         = var.https_port
  to_port           = var.https_port
  cidr_ipv4         = each.value
}

resource "aws_vpc_security_group_egress_rule" "to_tasks" {
  security_group_id            = var.alb_security_group_id
  description                  = "To the tasks"
  ip_protocol                  = "tcp"
  from_port                    = var.port
  to_port                      = var.port
  referenced_security_group_id = var.task_security_group_id
}

resource "aws_vpc_security_group_ingress_rule" "tasks" {
  security_group_id            = var.task_security_group_id
  description                  = "From the load balancer"
  ip_protocol                  = "tcp"
  from_port                    = var.port
  to_port                      = var.port
  referenced_security_group_id = var.alb_security_group_id
}

resource "aws_vpc_security_group_egress_rule" "tasks" {
  security_group_id = var.task_security_group_id
  description       = "To AWS, for images, secrets and logs, and to what the application calls"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}
