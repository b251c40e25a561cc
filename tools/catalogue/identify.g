# GAP's number of every group in a list of power-conjugate presentations: facts for the numbering of the
# catalogue. Run by generate.py as
#   gap -q -b --nointeract -c 'INPUT:="presentations.g"; OUTPUT:="numbers.txt";' identify.g
# INPUT defines PRESENTATIONS, a list of [ relative orders, [ [ i, j, exponents ], ... ] ]: i = j stands for the
# power of generator i, i < j for the conjugate of generator j by generator i; relations not listed are trivial.
# An entry [ "permutations", [ image lists from 1 ] ] is the group that these permutations generate.
# OUTPUT receives one line for each: the order and the number.
Read(INPUT);

Build := function(entry)
  local orders, free, coll, rel, word;
  if entry[1] = "permutations" then return Group(List(entry[2], PermList)); fi;
  orders := entry[1];
  if Length(orders) = 0 then return TrivialGroup(IsPcGroup); fi;
  free := FreeGroup(IsSyllableWordsFamily, Length(orders));
  coll := SingleCollector(free, orders);
  for rel in entry[2] do
    word := Product([1 .. Length(orders)], t -> free.(t)^rel[3][t]);
    if rel[1] = rel[2] then SetPower(coll, rel[1], word); else SetConjugate(coll, rel[2], rel[1], word); fi;
  od;
  return GroupByRwsNC(coll);
end;

PrintTo(OUTPUT, "");
for entry in PRESENTATIONS do
  id := IdGroup(Build(entry));
  AppendTo(OUTPUT, id[1], " ", id[2], "\n");
od;
QUIT;
