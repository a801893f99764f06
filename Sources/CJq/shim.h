#pragma once
#include <stdio.h>
#include <jq.h>
#include <jv.h>
