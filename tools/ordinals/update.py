"""Prints the two constants of OrdinalNamesTable.cs from the ordlookup package of pefile (python3 -m pip install pefile)."""

from ordlookup import oleaut32, ws2_32


def constant(name, table):
    lines, line = [], ""
    for number, function in sorted(table.items()):
        entry = f"{number} {function.decode()};"
        if len(line) + len(entry) > 118:
            lines.append(line)
            line = ""
        line += entry
    lines.append(line)
    body = "\n        + ".join(f'"{each}"' for each in lines)
    return f"    private const string {name} =\n        {body};\n"


print(constant("Sockets", ws2_32.ord_names))
print(constant("Automation", oleaut32.ord_names))
