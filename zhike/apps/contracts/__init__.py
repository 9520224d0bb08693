"""合同与回款: from the accepted quote to the money in the bank."""
